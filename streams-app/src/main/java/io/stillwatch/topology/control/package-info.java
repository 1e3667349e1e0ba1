/**
 * What people change while a pipeline runs: signatures, baseline, allowlist and orders of analysts; how they are published,
 * and how every instance reads them.
 */
@NullMarked
package io.stillwatch.topology.control;

import org.jspecify.annotations.NullMarked;
