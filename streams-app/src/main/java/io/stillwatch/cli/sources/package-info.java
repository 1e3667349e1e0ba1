/** What there is to see and set about logs of others. */
package io.stillwatch.cli.sources;
