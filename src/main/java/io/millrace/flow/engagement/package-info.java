/**
 * Engagement: a person's activities, recognized, and batched by the minute in which they happened.
 */
@NullMarked
package io.millrace.flow.engagement;

import org.jspecify.annotations.NullMarked;
