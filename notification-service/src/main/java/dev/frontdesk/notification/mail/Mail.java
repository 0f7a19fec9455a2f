package dev.frontdesk.notification.mail;

/** A mail as its reader sees it. */
record Mail(String subject, String text, String html) {}
