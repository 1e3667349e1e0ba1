/** Sends alerts on to systems that do not read Kafka: a webhook over HTTP, and syslog. */
@NullMarked
package io.stillwatch.sink;

import org.jspecify.annotations.NullMarked;
