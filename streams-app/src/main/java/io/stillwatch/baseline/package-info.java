/** What normal traffic looks like: calibration, and what an account's prompts are compared with. */
@NullMarked
package io.stillwatch.baseline;

import org.jspecify.annotations.NullMarked;
