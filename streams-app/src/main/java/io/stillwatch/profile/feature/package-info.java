/** Features: the numbers that are read from a profile, each declared once, and what a profile is compared with for them. */
@NullMarked
package io.stillwatch.profile.feature;

import org.jspecify.annotations.NullMarked;
