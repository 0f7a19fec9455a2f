package dev.frontdesk.localstack.processes;

import dev.frontdesk.localstack.parts.Part;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/** A part that was just started; {@code ready} may be asked again and again. */
public record PartProcess(Part part, Process process, Path log, BooleanSupplier ready) {}
