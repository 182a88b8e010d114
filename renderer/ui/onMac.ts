/** Whether the keyboard has a Command key. */
export const onMac = typeof navigator !== 'undefined' && navigator.userAgent.includes('Mac OS');
