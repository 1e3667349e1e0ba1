/** Reading YAML that people write: what is wrong is told with the line it stands on. Knows nothing else. */
package io.stillwatch.yaml;
