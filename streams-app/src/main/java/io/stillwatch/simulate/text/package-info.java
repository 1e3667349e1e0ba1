/** Prompt text out of grammars: rules, alternatives and slots, written to a buffer without intermediate strings. */
@NullMarked
package io.stillwatch.simulate.text;

import org.jspecify.annotations.NullMarked;
