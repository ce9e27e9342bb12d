package io.millrace.config.setting;

/**
 * The value that a setting was set to.
 *
 * @param value without blanks around it
 * @param origin where, for messages
 */
public record GivenText(String value, String origin) {}
