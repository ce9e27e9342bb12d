/** Creating what a deployment needs: topics with their settings, schemas, and connectors. */
@NullMarked
package io.millrace.kafka.provision;

import org.jspecify.annotations.NullMarked;
