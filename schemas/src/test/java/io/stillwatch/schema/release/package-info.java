/** Keeps the schemas' history: releases new versions and holds every schema to what was released before. */
package io.stillwatch.schema.release;
