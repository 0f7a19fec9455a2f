/** Every annotation that injects a field. */
@NullMarked
package dev.frontdesk.testsupport.architecture.wrong.injection;

import org.jspecify.annotations.NullMarked;
