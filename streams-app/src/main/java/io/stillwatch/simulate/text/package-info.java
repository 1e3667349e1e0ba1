/** Prompt text out of grammars: rules, alternatives and slots, written to a buffer without intermediate strings. */
package io.stillwatch.simulate.text;
