/** What accounts work on: telling, from their prompts alone, which of them draw from one source. Pure. */
@NullMarked
package io.stillwatch.campaign.work;

import org.jspecify.annotations.NullMarked;
