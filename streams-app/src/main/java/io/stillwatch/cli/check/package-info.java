/** Commands that look whether all is well: the host, the cluster, the topics, what was lost. */
@NullMarked
package io.stillwatch.cli.check;

import org.jspecify.annotations.NullMarked;
