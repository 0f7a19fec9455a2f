/** A package that is named after a layer. */
@NullMarked
package dev.frontdesk.testsupport.architecture.wrong.layers.service;

import org.jspecify.annotations.NullMarked;
