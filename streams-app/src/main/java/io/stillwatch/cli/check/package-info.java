/** Commands that look whether all is well: the host, the cluster, the topics, what was lost. */
package io.stillwatch.cli.check;
