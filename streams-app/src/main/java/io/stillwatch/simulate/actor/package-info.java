/** What an account is and how it acts: its fixed traits, its rhythm, and the request it makes at a given moment. */
@NullMarked
package io.stillwatch.simulate.actor;

import org.jspecify.annotations.NullMarked;
