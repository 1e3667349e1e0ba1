/**
 * The processors of the sub-topology that sees every request: fingerprints, profiles and looks at accounts, and what they tell
 * others of them.
 */
@NullMarked
package io.stillwatch.topology.account;

import org.jspecify.annotations.NullMarked;
