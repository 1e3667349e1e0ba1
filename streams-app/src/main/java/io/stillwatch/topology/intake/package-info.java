/** Topics that other systems write in their own form, and pieces of requests, as request events. */
package io.stillwatch.topology.intake;
