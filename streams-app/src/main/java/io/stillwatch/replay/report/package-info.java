/** The report of a replay as one HTML file that needs nothing but itself: free of Kafka. */
@NullMarked
package io.stillwatch.replay.report;

import org.jspecify.annotations.NullMarked;
