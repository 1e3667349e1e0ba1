package io.stillwatch.simulate;

import io.stillwatch.schema.RequestEvent;

/**
 * A request event with its truth.
 *
 * @param event as a gateway would log it
 * @param hostile part of a harvest
 */
public record LabelledRequest(RequestEvent event, boolean hostile) {}
