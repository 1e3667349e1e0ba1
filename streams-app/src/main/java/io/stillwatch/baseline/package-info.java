/** What normal traffic looks like: calibration, and what an account's prompts are compared with. */
package io.stillwatch.baseline;
