/**
 * What must hold whatever is typed. Each target takes bytes, so that Jazzer can drive it ({@code dev/fuzz}); the build
 * plays the corpus in {@code resources/fuzz} and some thousand variations of it.
 */
@NullMarked
package dev.frontdesk.registration.fuzzing;

import org.jspecify.annotations.NullMarked;
