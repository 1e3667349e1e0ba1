/** Commands about signatures: reading, testing, explaining and publishing them. */
@NullMarked
package io.stillwatch.cli.signatures;

import org.jspecify.annotations.NullMarked;
