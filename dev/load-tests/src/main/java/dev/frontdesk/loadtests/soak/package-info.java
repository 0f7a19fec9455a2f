/** Hours in minutes: steady traffic, and whether what each service uses stays the same. */
@NullMarked
package dev.frontdesk.loadtests.soak;

import org.jspecify.annotations.NullMarked;
