package dev.frontdesk.localstack.processes;

import dev.frontdesk.localstack.parts.Part;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/** A part that was just started; {@code ready} may be called repeatedly. */
public record PartProcess(Part part, Process process, Path log, BooleanSupplier ready) {}
