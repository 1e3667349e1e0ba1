/** The report of a replay as one HTML file that needs nothing but itself: free of Kafka. */
package io.stillwatch.replay.report;
