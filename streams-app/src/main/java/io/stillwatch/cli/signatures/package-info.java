/** Commands about signatures: reading, testing, explaining and publishing them. */
package io.stillwatch.cli.signatures;
