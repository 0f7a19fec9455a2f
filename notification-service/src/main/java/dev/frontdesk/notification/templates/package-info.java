/** Texts for people: logic-less Mustache templates in the languages that Frontdesk supports. */
@NullMarked
package dev.frontdesk.notification.templates;

import org.jspecify.annotations.NullMarked;
