/**
 * Rules that hold for any input. Each target reads bytes, so that Jazzer can drive it ({@code dev/fuzz}); the build
 * runs the corpus in {@code resources/fuzz} and some thousand variations of it.
 */
@NullMarked
package dev.frontdesk.registration.fuzzing;

import org.jspecify.annotations.NullMarked;
