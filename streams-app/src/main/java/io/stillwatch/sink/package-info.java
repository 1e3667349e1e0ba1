/** Sends alerts on to systems that do not read Kafka: a webhook over HTTP, and syslog. */
package io.stillwatch.sink;
