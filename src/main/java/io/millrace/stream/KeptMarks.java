package io.millrace.stream;

import io.millrace.rule.Marks;

/** Marks that can be changed. */
interface KeptMarks extends KeptTimeline<Long>, Marks {}
