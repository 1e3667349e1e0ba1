/** Whether many accounts fit through a process with little memory: a ceiling test of heap and state stores. */
package io.stillwatch.bench.memory;
