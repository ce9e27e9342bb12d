/** What Kafka Connect needs from us: a converter for our topics' values. */
@NullMarked
package io.millrace.connect;

import org.jspecify.annotations.NullMarked;
