/** Commands about campaigns. */
@NullMarked
package io.stillwatch.cli.campaigns;

import org.jspecify.annotations.NullMarked;
