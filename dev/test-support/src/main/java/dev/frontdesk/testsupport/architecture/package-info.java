/**
 * The house rules as tests: one class in the root package of a module's tests checks its main code.
 *
 * <pre>{@code
 * package dev.frontdesk.registration;
 *
 * class ArchitectureTest implements HouseRules {}
 * }</pre>
 */
@NullMarked
package dev.frontdesk.testsupport.architecture;

import org.jspecify.annotations.NullMarked;
