/** Text as people read it: figures, one line of JSON, what may be printed, and what somebody probably meant. Knows nothing else. */
package io.stillwatch.text;
