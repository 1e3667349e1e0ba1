/**
 * Signatures: known distillation behaviours as data. YAML files with conditions in the Common Expression Language over
 * the features of a profile; what holds becomes a finding with its evidence. Pure: no Kafka, no clock.
 */
@NullMarked
package io.stillwatch.signature;

import org.jspecify.annotations.NullMarked;
