/** Examples of programs that read Stillwatch's topics. */
package io.stillwatch.consumers;
