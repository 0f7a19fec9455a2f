/** Keeps the state and the data of the widgets of dashboards, as entries in namespaces of their own. */
@NullMarked
package dev.frontdesk.cache.widgets;

import org.jspecify.annotations.NullMarked;
