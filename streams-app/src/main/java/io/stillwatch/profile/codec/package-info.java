/** How stored state is written: bytes, and bit codes within them that make what is usual short. */
package io.stillwatch.profile.codec;
