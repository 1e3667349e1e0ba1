/** Commands about decisions on accounts. */
@NullMarked
package io.stillwatch.cli.decisions;

import org.jspecify.annotations.NullMarked;
