/**
 * Settings as annotated components of the records that use them: each key, default, range and
 * meaning is stated once, and {@link io.millrace.config.setting.Settings} reads them. Does not know
 * any particular setting.
 */
@NullMarked
package io.millrace.config.setting;

import org.jspecify.annotations.NullMarked;
