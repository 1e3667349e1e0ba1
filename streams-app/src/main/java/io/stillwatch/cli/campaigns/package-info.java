/** Commands about campaigns. */
package io.stillwatch.cli.campaigns;
