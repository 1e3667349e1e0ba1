package io.stillwatch.signature;

import io.stillwatch.schema.Finding;
import java.util.List;

/**
 * What the signatures say about an entity at one moment.
 *
 * @param findings signatures that hold and may alert, strongest first
 * @param shadowed signatures that hold but are in shadow, strongest first
 */
public record Assessment(List<Finding> findings, List<Finding> shadowed) {}
