package io.millrace.tidy.planted.cli;

/** A command. */
public final class PlantedCommand {}
