/** Whether many accounts fit through a process with little memory: a ceiling test of heap and state stores. */
@NullMarked
package io.stillwatch.bench.memory;

import org.jspecify.annotations.NullMarked;
