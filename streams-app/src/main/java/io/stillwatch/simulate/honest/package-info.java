/** Honest personas, above all those that look like a harvest: heavy, automated, narrow or repetitive. */
package io.stillwatch.simulate.honest;
