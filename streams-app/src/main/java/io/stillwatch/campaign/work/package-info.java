/** What accounts work on: telling, from their prompts alone, which of them draw from one source. Pure. */
package io.stillwatch.campaign.work;
