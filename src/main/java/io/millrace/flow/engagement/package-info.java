/** Engagement: what a person did, recognized, and batched by minutes of the time it happened. */
@NullMarked
package io.millrace.flow.engagement;

import org.jspecify.annotations.NullMarked;
