/**
 * The state stores: accounts and their panes in RocksDB under one ceiling of memory, with changelogs, a seal on what lies on
 * disk, and the mark of where state comes from.
 */
@NullMarked
package io.stillwatch.topology.state;

import org.jspecify.annotations.NullMarked;
