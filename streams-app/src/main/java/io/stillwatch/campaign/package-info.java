/**
 * Campaigns: the many accounts that are one harvester. What accounts share (link keys) is told from their requests; those
 * that share more than chance explains are grouped; a group's profile is the merge of its members' profiles.
 */
@NullMarked
package io.stillwatch.campaign;

import org.jspecify.annotations.NullMarked;
