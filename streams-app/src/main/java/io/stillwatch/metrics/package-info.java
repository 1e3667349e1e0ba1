/** What an operator sees from outside: names of metrics, and the meters behind them. Knows Micrometer, and nothing else of ours. */
@NullMarked
package io.stillwatch.metrics;

import org.jspecify.annotations.NullMarked;
